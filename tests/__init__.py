"""Tests of the whole house: what no single room can prove alone."""
