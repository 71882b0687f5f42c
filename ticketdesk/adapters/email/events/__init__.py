"""What providers tell about mails after taking them: delivered, bounced."""
