"""Mail (邮件): handed to the mail server of the office (SMTP, RFC 5321), or put as files into a folder where none is set.

On the way it is encrypted: TLS from the start (``smtps://``) or by STARTTLS, which a server elsewhere must offer. ``mailer`` chooses by the settings.
"""
