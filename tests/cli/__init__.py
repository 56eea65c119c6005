"""Tests of the command line, a module for each command."""
