"""The live document: runs, admission, enactment, rooms. Knows no database and no web framework."""
