"""What a child makes and uses: drawings, leaves, secret words, shared devices."""
