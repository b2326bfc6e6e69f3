"""Every SELECT and INSERT, one class a noun."""
