"""The days off and make-up days of places, from libraries and from files people can edit."""
