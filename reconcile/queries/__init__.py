"""Reads shaped for a screen, one module a screen. Whatever is read has passed `access` before."""
