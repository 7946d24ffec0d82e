"""Jobs (任务): what runs by itself. A job reads the clock and calls a use case; PostgreSQL is the queue (procrastinate)."""
