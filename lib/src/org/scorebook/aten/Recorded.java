package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.Function;
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
