door = True  # written by hand
