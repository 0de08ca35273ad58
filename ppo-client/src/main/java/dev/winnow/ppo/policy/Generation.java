package dev.winnow.ppo.policy;

/** A response. Immutable. */
public final class Generation {
    private final long[] tokens;
    private final boolean ended;
    private final WithheldTokens withheld;

    Generation(long[] tokens, boolean ended, WithheldTokens withheld) {
        this.tokens = tokens;
        this.ended = ended;
        this.withheld = withheld;
    }

    /** Returns the tokens that the policy wrote, the one that ended it among them. */
    public long[] tokens() {
        return tokens.clone();
    }

    /** Returns the number of its tokens. */
    public int length() {
        return tokens.length;
    }

    /** Returns whether a token ended it; otherwise it is as long as was allowed. */
    public boolean ended() {
        return ended;
    }

    /** Returns the tokens that could not be drawn: those that end a response, where it was too short to. */
    public WithheldTokens withheld() {
        return withheld;
    }
}
