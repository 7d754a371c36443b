"""A session as pages see it: pictures and scenes go out, commands come in, words are spoken."""
