"""The room to practise in: drills, a quiz, what-ifs, role-play, and how it goes over the weeks."""
