"""The only code that talks to payment companies. port.py says what each must do; sandbox.py is the built-in one."""
