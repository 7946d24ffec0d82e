"""Use cases of collecting (归集任务): tasks, the count of days of decision, zero reports, the queue of what is to do, figures, reminders."""
