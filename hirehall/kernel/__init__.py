"""The kernel: what every room needs and no room owns. A closed list of modules without business words."""
