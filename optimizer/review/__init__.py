"""The application in which municipalities check what is proposed to them. It reads finished runs; it solves nothing."""
