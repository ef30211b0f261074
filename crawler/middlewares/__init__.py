"""One Scrapy component a file."""
