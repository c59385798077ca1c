"""What is written here: documents issued from facts, a party's details for them, certificates of earnings."""
