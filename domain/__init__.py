"""What after-sales service is, without networks, files, clocks or sessions."""
