"""What is asked: the sets, the capacities, the values, and what a household takes of each capacity."""
