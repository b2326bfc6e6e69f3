"""HTTP and websocket routes, one noun a file."""
