"""The stand-alone verifier: one file that is shipped in every archive and serves `parley verify`."""
