"""Tests, and the stand-ins that they and the bench share."""
