"""What every test may use: a browser, a real PostgreSQL, a whole JagaNetral in this process or in its own."""

pytest_plugins = ["tests.browser", "tests.postgres", "tests.serving"]
