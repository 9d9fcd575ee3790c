import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates many files in one process. In: lines FLAVOUR, a tab, FILE on standard input. Out: a line for each with PASS or FAIL, flavour, file and the
 * number of checks, tabs between, and for each failed clause a line that starts with two spaces.
 */
public final class Validate {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] fields = line.split("\t");
      validate(PDFAFlavour.fromString(fields[0]), fields[1]);
    }
  }

  private static void validate(PDFAFlavour flavour, String file) {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      String verdict = result.isCompliant() ? "PASS" : "FAIL";
      System.out.println(verdict + "\t" + flavour + "\t" + file + "\t" + result.getTotalAssertions());
      for (String failure : failures(result)) System.out.println("  " + failure);
    } catch (Exception error) {
      System.out.println("FAIL\t" + flavour + "\t" + file + "\t0\n  " + error);
    }
  }

  private static Iterable<String> failures(ValidationResult result) {
    Map<String, String> first = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
      String clause = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
      String place = assertion.getLocation() == null ? "" : assertion.getLocation().getContext();
      first.putIfAbsent(clause, clause + ": " + assertion.getMessage() + " at " + place);
    }
    return first.values();
  }
}
