package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.scorebook.base.Require;

/**
 * An array that has a shape and a type, but no numbers yet: what is done with it is written down as TorchScript, to be computed
 * later in one native call. A method in TorchScript is written down too, where one of its arguments is such an array.
 */
public interface Recorded extends NDArray {
    /**
     * Writes a call of a method down.
     *
     * @param module name of the class that has the method
     * @param methods TorchScript of all methods of that class
     * @param method the one that is called
     * @param call the same with arrays that have numbers
     * @return the result, which has no numbers either
     */
    NDArray record(String module, String methods, String method, NDList inputs, Function<NDList, NDArray> call);

    /** An array with numbers, as what is written down knows it. */
    NDArray known(NDArray array);

    /**
     * What comes of work done so many times, each time with what came of it before; this is what it begins with.
     *
     * @param times at least 1
     * @param work written down once; it keeps shape and type
     */
    NDArray repeated(int times, UnaryOperator<NDArray> work);

    /** Hands the numbers over once the native call has found them, see {@link #whenKnown}. */
    void promise(Consumer<NDArray> taker);

    /**
     * Hands an array over when it has numbers: at once or, where it is written down, after the optimizer's step that it was written
     * down for; not at all where no step was taken then, because the loss was not finite.
     *
     * @param taker uses it in this call only
     */
    static void whenKnown(NDArray array, Consumer<NDArray> taker) {
        Require.given("taker", taker);
        if (Require.given("array", array) instanceof Recorded recorded) {
            recorded.promise(taker);
        } else {
            taker.accept(array);
        }
    }

    /** An array for formulas with x, which lives where x does: of x's manager, or known where x is. */
    static NDArray beside(NDArray array, NDArray x) {
        Require.given("array", array);
        if (Require.given("x", x) instanceof Recorded recorded) {
            return recorded.known(array);
        }
        if (!(array instanceof Recorded)) {
            array.attach(x.getManager());
        }
        return array;
    }
}
