"""What goes over HTTP, one noun a file. Every shape carries an example."""
