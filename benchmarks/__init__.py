"""Speed, proof and memory of the solver beside public peers: one protocol, the same arrays, one report."""
