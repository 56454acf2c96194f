"""Speed, proof and memory of the solver beside public peers, on the same arrays."""
