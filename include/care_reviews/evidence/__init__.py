"""Evidence: what was decided on which data, in a chain of hashes that an auditor can check without us."""
