// JavaRosa, the engine of ODK Collect, as it ships in pyxform's ODK Validate: an expression a line in, a line of results out.

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.model.xform.XPathReference;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xpath.XPathNodeset;
import org.javarosa.xpath.XPathParseTool;
import org.javarosa.xpath.expr.XPathFuncExpr;

public class JavaRosa {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream(arguments[0]));
        form.initialize(true, new InstanceInitializationFactory());
        EvaluationContext context =
            new EvaluationContext(form.getEvaluationContext(), XPathReference.getPathExpr("/data/n").getReference());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String said;
            try {
                Object found = XPathParseTool.parseXPath(line).eval(form.getMainInstance(), context);
                Object value = found instanceof XPathNodeset ? ((XPathNodeset) found).unpack() : found;
                said = XPathFuncExpr.toString(value) + "\t" + XPathFuncExpr.toNumeric(value) + "\t" + XPathFuncExpr.toBoolean(value);
            } catch (Throwable error) {
                said = "!";
            }
            out.println(said);
        }
    }
}
