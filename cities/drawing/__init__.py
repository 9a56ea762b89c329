"""What the server draws of cities: pure functions, from facts to points on paper."""
