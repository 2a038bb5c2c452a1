package io.github.lesionj.image;

/**
 * Which whole pixels of an image go to which whole pixels of the network's input.
 *
 * @param x      first column of the image that is seen
 * @param y      first row that is seen
 * @param width  number of columns seen
 * @param height number of rows seen
 * @param left   column of the input where they go
 * @param top    row of the input where they go
 * @param across number of columns of the input that they fill
 * @param down   number of rows of the input that they fill
 */
record View(int x, int y, int width, int height, int left, int top, int across, int down) {

    static View of(int width, int height, InputRule rule) {
        return switch (rule.resize()) {
            case STRETCH -> new View(0, 0, width, height, 0, 0, rule.width(), rule.height());
            case LETTERBOX -> letterbox(width, height, rule.width(), rule.height());
            case CROP -> crop(width, height, rule.width(), rule.height());
        };
    }

    private static View letterbox(int width, int height, int across, int down) {
        double scale = Math.min((double) across / width, (double) down / height);
        int filledAcross = rounded(width * scale, across);
        int filledDown = rounded(height * scale, down);
        return new View(0, 0, width, height, (across - filledAcross) / 2, (down - filledDown) / 2, filledAcross, filledDown);
    }

    private static View crop(int width, int height, int across, int down) {
        double scale = Math.min((double) width / across, (double) height / down);
        int seenWidth = rounded(across * scale, width);
        int seenHeight = rounded(down * scale, height);
        return new View((width - seenWidth) / 2, (height - seenHeight) / 2, seenWidth, seenHeight, 0, 0, across, down);
    }

    private static int rounded(double length, int limit) {
        return (int) Math.max(1, Math.min(limit, Math.floor(length + 0.5)));
    }

    /** The same as an affine map, for the whole input of the network. */
    Placement placement(int inputWidth, int inputHeight) {
        double pixelWidth = (double) width / across;
        double pixelHeight = (double) height / down;
        return new Placement(x - left * pixelWidth, y - top * pixelHeight, inputWidth * pixelWidth, inputHeight * pixelHeight);
    }
}
