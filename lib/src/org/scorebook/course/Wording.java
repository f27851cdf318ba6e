package org.scorebook.course;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;

/** Numbers and lines as a student reads them. */
final class Wording {
    private Wording() {}

    /** Six digits, and no zeros that say nothing. */
    static String number(double value) {
        return number(value, 6);
    }

    static String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value, new MathContext(digits)).stripTrailingZeros();
        double size = Math.abs(value);
        boolean plain = value == 0 || size >= 1e-3 && size < 1e7;
        if (plain) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    /** Two numbers with as many digits as tell them apart. */
    static String[] pair(double one, double other) {
        for (int digits = 6; digits < 17; digits += 5) {
            if (!number(one, digits).equals(number(other, digits))) {
                return new String[] {number(one, digits), number(other, digits)};
            }
        }
        return new String[] {Double.toString(one), Double.toString(other)};
    }

    /** How far a number is off, absolutely and as a share of what is right. */
    static String off(double value, double right) {
        if (Double.isNaN(value)) {
            return ", which is no number";
        }
        double difference = Math.abs(value - right);
        if (!Double.isFinite(difference)) {
            return "";
        }
        String share = right == 0 ? "" : " (" + number(100 * difference / Math.abs(right), 2) + " %)";
        return ", off by " + number(difference, 3) + share;
    }

    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** A line on the standard output, in UTF-8 wherever that leads. */
    static synchronized void print(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
