"""Use cases: one module for each thing that people come to do; plain functions over a connection."""
