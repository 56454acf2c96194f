"""Better answers: annealing, and groups of gemeenten that are searched again."""
