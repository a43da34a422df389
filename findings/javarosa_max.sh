#!/bin/sh
# JavaRosa (the engine of ODK Collect and ODK Validate), as it ships in pyxform 4.5.0: max() begins at Double.MIN_VALUE, which is the
# smallest number over 0 and not the lowest one. So the greatest of numbers under 0 is 0, and the greatest of noughts is over 0:
#   max(-1, -2) = -1   false          max(-1, -2) as a text   0          max(0, 0) > 0   true
# Seen on 29/11/2026 with Java 17. It matters for `max(${a}, ${b}) > 0` and for changes that may fall. Fails if that changes.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyxform==4.5.0
jar=$("$folder/venv/bin/python" -c "import pathlib, pyxform; print(pathlib.Path(pyxform.__file__).parent / 'validators/odk_validate/bin/ODK_Validate.jar')")
cat > "$folder/Max.java" <<'JAVA'
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.xpath.XPathParseTool;
import org.javarosa.xpath.expr.XPathFuncExpr;

public class Max {
    public static void main(String[] expressions) throws Exception {
        for (String each : expressions)
            System.out.println(each + "\t" + XPathFuncExpr.toString(XPathParseTool.parseXPath(each).eval(null, new EvaluationContext(null))));
    }
}
JAVA
said=$(java -cp "$jar" "$folder/Max.java" 'max(-1, -2)' 'max(-1, -2) = -1' 'max(0, 0) > 0' 'max(1, 2)' 'min(1, 2)' 2>/dev/null)
echo "$said"
[ "$said" = "$(printf 'max(-1, -2)\t0\nmax(-1, -2) = -1\tfalse\nmax(0, 0) > 0\ttrue\nmax(1, 2)\t2\nmin(1, 2)\t1')" ]
