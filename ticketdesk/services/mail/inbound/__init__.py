"""What an incoming mail means, in small pure steps over the parsed message (see `pipeline`)."""
