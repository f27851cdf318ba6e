package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmojiTest {
    private static final ImageSet EMOJI = Emoji.read();

    @Test
    void thereAreNineCategories() {
        assertEquals("emoji: 1906 images of shape (3, 32, 32)", EMOJI.toString());
        assertEquals(
                List.of(
                        "Smileys & Emotion",
                        "People & Body",
                        "Animals & Nature",
                        "Food & Drink",
                        "Travel & Places",
                        "Activities",
                        "Objects",
                        "Symbols",
                        "Flags"),
                EMOJI.classNames());
        assertArrayEquals(new int[] {169, 386, 159, 131, 218, 85, 264, 224, 270}, EMOJI.classSizes());
    }

    @Test
    void picturesBelongToTheirCharacters() {
        BufferedImage heart = EMOJI.picture(Emoji.characters().indexOf("\u2764\ufe0f"));
        assertColour(heart, 16, 12, 210, 45, 45);
        BufferedImage green = EMOJI.picture(Emoji.characters().indexOf("\ud83d\udfe2"));
        assertColour(green, 16, 16, 120, 180, 50);
        BufferedImage japan = EMOJI.picture(Emoji.characters().indexOf("\ud83c\uddef\ud83c\uddf5"));
        assertColour(japan, 16, 16, 200, 20, 50);
    }

    /** Neither an empty cell nor a cell cut in the wrong place: paper is white, and every picture is another one. */
    @Test
    void everyPictureIsWhole() {
        Set<String> different = new HashSet<>();
        for (int i = 0; i < EMOJI.size(); i++) {
            BufferedImage picture = EMOJI.picture(i);
            int[] rgb = picture.getRGB(0, 0, 32, 32, null, 0, 32);
            different.add(Arrays.toString(rgb));
            long drawn = Arrays.stream(rgb).filter(v -> v != 0xffffffff).count();
            assertTrue(drawn > 30, "picture " + i + " has only " + drawn + " drawn pixels");
        }
        assertTrue(different.size() > 1890, "different pictures: " + different.size());
    }

    @Test
    void theirLicenceIsThere() {
        assertNotNull(Emoji.class.getResource("emoji-LICENSE.txt"));
    }

    private static void assertColour(BufferedImage picture, int x, int y, int red, int green, int blue) {
        int rgb = picture.getRGB(x, y);
        int[] found = {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
        assertEquals(red, found[0], 40, Arrays.toString(found));
        assertEquals(green, found[1], 40, Arrays.toString(found));
        assertEquals(blue, found[2], 40, Arrays.toString(found));
    }
}
