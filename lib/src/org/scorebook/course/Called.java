package org.scorebook.course;

import java.util.Set;

/**
 * What a method must call, or must not; the answer is the set of what it calls, or {@link Calls#HIDDEN}.
 *
 * @param name such as {@code backward} or {@code Autograd.hessian}
 * @param wanted whether it must
 */
record Called(String name, boolean wanted) implements Judge {
    private static final String DIFFERENTIATES = "(.*\\.)?(backward|gradient|hessian|jacobian|divergence)";

    @Override
    public String problem(Object answer) {
        if (answer == Calls.HIDDEN) {
            return "";
        }
        boolean found = ((Set<?>) answer)
                .stream().anyMatch(call -> (call + "").equals(name) || (call + "").endsWith("." + name));
        return found == wanted ? "" : wanted ? "it does not" : "it does";
    }

    @Override
    public String claim() {
        return "";
    }

    @Override
    public String line(String what, Object answer) {
        return answer == Calls.HIDDEN
                ? "– " + what + ": not looked at, since this kernel shows no byte code; marking does"
                : Judge.super.line(what, answer);
    }

    boolean differentiates() {
        return wanted && name.matches(DIFFERENTIATES);
    }
}
