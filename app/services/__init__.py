"""Use cases, one noun a file; each reads like a paragraph of the specification."""
