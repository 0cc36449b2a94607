"""The folder in which pictures and documents are kept, each under the hash of its bytes."""
