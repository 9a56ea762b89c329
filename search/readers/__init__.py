"""To read the text in files that anybody may have made.

This runs in a process of its own, with little memory and time, which knows neither
Django nor the site: see `search.reading`, which starts it.
"""
