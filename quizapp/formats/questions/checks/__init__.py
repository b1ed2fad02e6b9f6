"""What is held against a bank, each kind of thing in a file of its own: laws, numbers, habits, twins, exceptions."""
