package dev.sluice.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.NoSuchFrameException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The distribution's Chromium, headless, for reading the Web UI. */
public final class WebUiBrowser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** Below this width the Web UI cuts its own header off. */
    private static final Dimension SCREEN = new Dimension(1700, 1400);

    private static final int SMALL = 150 * 1024;

    private final ChromeDriver driver;

    public WebUiBrowser() {
        assertThat(DRIVER).as("package chromium-driver").exists();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        // Root cannot build Chromium's sandbox; small machines have little space in /dev/shm.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(SCREEN);
    }

    public WebUiBrowser open(String address) {
        driver.get(address);
        return this;
    }

    /** The current address: the Web UI redirects a link without an execution to the newest one. */
    public String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** Waits until the page shows all of these texts. */
    public WebUiBrowser awaitText(String... texts) {
        for (String text : texts) {
            LabEnvironment.awaitTrue(
                    "the page says \"%s\"".formatted(text), Duration.ofSeconds(60), () -> page().contains(text));
        }
        return this;
    }

    public WebUiBrowser assertTextAbsent(String text) {
        assertThat(page()).doesNotContain(text);
        return this;
    }

    /** All text of the page, including drawings and frames with Markdown. */
    private String page() {
        String own = text();
        try {
            for (WebElement frame : driver.findElements(By.tagName("iframe"))) {
                driver.switchTo().frame(frame);
                own += "\n" + driver.findElement(By.tagName("body")).getText();
                driver.switchTo().defaultContent();
            }
            return own;
        } catch (StaleElementReferenceException | NoSuchFrameException | NoSuchElementException redrawn) {
            driver.switchTo().defaultContent();
            return own;
        }
    }

    private String text() {
        return String.valueOf(
                ((JavascriptExecutor) driver).executeScript("return document.body ? document.body.textContent : ''"));
    }

    /** Keeps the picture with the tests' output, and in docs/images when {@code sluice.images} is set. */
    public void saveScreenshot(String name) {
        try {
            byte[] shot = reduceColours(driver.getScreenshotAs(OutputType.BYTES));
            writeScreenshot(shot, SluiceProcess.HOME.resolve("acceptance/target/images"), name);
            if (Boolean.getBoolean("sluice.images")) {
                assertThat(shot.length).as(name).isLessThan(SMALL);
                writeScreenshot(shot, SluiceProcess.HOME.resolve("docs/images"), name);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** With sixteen shades of each colour, which suffice for text and take half the bytes. */
    private static byte[] reduceColours(byte[] shot) throws IOException {
        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(shot));
        BufferedImage drawn = new BufferedImage(seen.getWidth(), seen.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < seen.getHeight(); y++) {
            for (int x = 0; x < seen.getWidth(); x++) {
                drawn.setRGB(x, y, (seen.getRGB(x, y) >> 4 & 0x0F0F0F) * 17);
            }
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ImageIO.write(drawn, "png", written);
        return written.toByteArray();
    }

    private static void writeScreenshot(byte[] shot, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".png"), shot);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
