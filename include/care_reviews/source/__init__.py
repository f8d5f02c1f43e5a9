"""The council's record system (LCS): what is read from it, and how."""
