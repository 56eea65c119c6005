"""What others need to test their own stores: the contract suite, generators of logs."""

import pytest

# Before the module is imported: its assertions shall say as much as those of a test module.
pytest.register_assert_rewrite("planlog.testing.contract")
