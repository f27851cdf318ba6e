package org.scorebook.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.scorebook.base.Require;

/**
 * Pictures side by side under one title, each with a caption above it: for instance a density at several noise levels. Where
 * one row would not fit a notebook page, there are several of about the same length, or as {@link #columns} says.
 */
public final class Strip {
    private static final int PAGE = 1016;
    private static final int PLANE = 195;
    private static final int TITLE = 36;
    private static final int CAPTION = 22;
    private static final int GAP = 8;

    private final String title;
    private final List<String> captions;
    private final List<BufferedImage> pictures;
    private final int cellWidth;
    private final int cellHeight;
    private final double captionCentre;
    private int columns;

    private Strip(String title, List<String> captions, List<BufferedImage> pictures, double offCentre) {
        if (Require.given("pictures", pictures).isEmpty()
                || Require.given("captions", captions).size() != pictures.size()) {
            throw new IllegalArgumentException("captions must be as many as the pictures, at least 1, but are "
                    + captions.size() + " for " + pictures.size());
        }
        this.title = Require.given("title", title);
        this.captions = List.copyOf(captions);
        this.pictures = List.copyOf(pictures);
        cellWidth = pictures.stream().mapToInt(Strip::width).max().orElseThrow();
        cellHeight = pictures.stream().mapToInt(Strip::height).max().orElseThrow();
        captionCentre = cellWidth / 2.0 + offCentre;
        int fitting = Math.max(1, PAGE / (cellWidth + GAP));
        int rows = (pictures.size() + fitting - 1) / fitting;
        columns = (pictures.size() + rows - 1) / rows;
    }

    /**
     * A strip of pictures in their own sizes.
     *
     * @param title above all of them
     * @param captions one for each picture
     */
    public static Strip of(String title, List<String> captions, List<BufferedImage> pictures) {
        return new Strip(title, captions, pictures, 0);
    }

    /** A strip of small planes, five in a row of a notebook page, without their titles. */
    public static Strip ofPlanes(String title, List<String> captions, List<Plane> planes) {
        List<BufferedImage> pictures = Require.given("planes", planes).stream()
                .map(plane -> plane.compact(PLANE))
                .toList();
        return new Strip(title, captions, pictures, PlaneDrawing.compactCentre(PLANE) - PLANE / 2.0);
    }

    /** Sets how many pictures stand in a row, at least 1. */
    public Strip columns(int perRow) {
        if (perRow < 1) {
            throw new IllegalArgumentException("perRow must be at least 1, but is " + perRow);
        }
        columns = Math.min(perRow, pictures.size());
        return this;
    }

    /** The strip, drawn. */
    public BufferedImage picture() {
        int rows = (pictures.size() + columns - 1) / columns;
        int width = columns * (cellWidth + GAP) + GAP;
        String seen = Seen.pictures(columns, pictures) + "; captions " + Seen.listed(captions);
        return Picture.draw(title, seen, width, TITLE + rows * (CAPTION + cellHeight + GAP), g -> {
            Heading.draw(g, title, Picture.font(15, Font.BOLD), width / 2.0, 24, GAP, width - GAP);
            for (int k = 0; k < pictures.size(); k++) {
                int x = GAP + k % columns * (cellWidth + GAP);
                int y = TITLE + k / columns * (CAPTION + cellHeight + GAP);
                cell(g, k, x, y);
            }
        });
    }

    private void cell(Graphics2D g, int k, int x, int y) {
        BufferedImage picture = pictures.get(k);
        double centre = x + captionCentre;
        Heading.draw(g, captions.get(k), Picture.font(13, Font.PLAIN), centre, y + 15, x, x + cellWidth);
        int left = x + (cellWidth - width(picture)) / 2;
        g.drawImage(picture, left, y + CAPTION, width(picture), height(picture), null);
    }

    private static int width(BufferedImage picture) {
        return picture.getWidth() / Picture.pixelRatio(picture);
    }

    private static int height(BufferedImage picture) {
        return picture.getHeight() / Picture.pixelRatio(picture);
    }
}
