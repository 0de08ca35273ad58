package dev.winnow.ppo.cli;

/** Background colours from red over yellow to green, as terminals take them; the text on them is black. */
enum Palette {
    /** 24-bit colours. */
    TRUE_COLOUR {
        @Override
        String background(int red, int green, int blue) {
            return "48;2;%d;%d;%d".formatted(red, green, blue);
        }
    },
    /** The 6 x 6 x 6 cube of the 256 colours that nearly every terminal has. */
    COLOUR_CUBE {
        @Override
        String background(int red, int green, int blue) {
            return "48;5;%d".formatted(16 + 36 * step(red) + 6 * step(green) + step(blue));
        }
    };

    /** ColorBrewer's RdYlGn, which people who confuse red and green can still tell apart by its lightness. */
    private static final int[][] STOPS = {{215, 48, 39}, {255, 255, 191}, {26, 152, 80}};

    private static final String BLACK_UNDERLINED = "38;5;16;4;";

    abstract String background(int red, int green, int blue);

    /**
     * Returns the text in colour.
     *
     * @param position 0 for the worst to 1 for the best
     */
    String paint(String text, double position) {
        int lower = position < 0.5 ? 0 : 1;
        double part = position * 2 - lower;
        String colour = background(mix(lower, 0, part), mix(lower, 1, part), mix(lower, 2, part));
        return "\033[" + BLACK_UNDERLINED + colour + "m" + text + "\033[0m";
    }

    private static int mix(int stop, int channel, double part) {
        return (int) Math.round(STOPS[stop][channel] * (1 - part) + STOPS[stop + 1][channel] * part);
    }

    private static int step(int channel) {
        return Math.round(channel * 5 / 255f);
    }
}
