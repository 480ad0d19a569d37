package dev.isogloss.trainer.figure;

import static dev.isogloss.trainer.figure.Svg.n;

/// The shape of a point. Groups that share a colour differ by it: seven colours and four shapes tell 28 of them apart.
enum Marker {
    Disc {
        /// A line of no length with round ends; some programs draw nothing for one of exactly 0.
        @Override
        String at(double x, double y, double size) {
            return "M%s %sh.01".formatted(n(x), n(y));
        }

        @Override
        String style(String colour, double size) {
            return "fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.8\" stroke-width=\"%s\" stroke-linecap=\"round\""
                    .formatted(colour, n(2 * size));
        }
    },
    Square {
        @Override
        String at(double x, double y, double size) {
            double side = 1.8 * size;
            return "M%s %sh%sv%sh-%sz".formatted(n(x - side / 2), n(y - side / 2), n(side), n(side), n(side));
        }
    },
    Triangle {
        @Override
        String at(double x, double y, double size) {
            return "M%s %sl%s %sh-%sz".formatted(n(x), n(y - 1.2 * size), n(1.1 * size), n(2 * size), n(2.2 * size));
        }
    },
    Diamond {
        @Override
        String at(double x, double y, double size) {
            String half = n(1.3 * size);
            return "M%s %sl%s %sl-%s %sl-%s -%sz"
                    .formatted(n(x), n(y - 1.3 * size), half, half, half, half, half, half);
        }
    };

    /// Neighbours differ, too.
    static Marker of(int group) {
        return values()[group % values().length];
    }

    /// @param size half the width of a disc, in pixels
    abstract String at(double x, double y, double size);

    String style(String colour, double size) {
        return "fill=\"%s\" fill-opacity=\"0.8\"".formatted(colour);
    }
}
