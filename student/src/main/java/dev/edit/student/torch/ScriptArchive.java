package dev.edit.student.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a readable TorchScript source into the archive that libtorch loads: a zip, stored without
 * compression, of the source text and three records. The module has no weights, so its pickled
 * state is an empty object.
 */
final class ScriptArchive {
  private static final String ROOT = "decoder/";

  /** Pickle protocol 2 of an object of class __torch__.Decoder whose state is an empty dict. */
  private static final String MODULE_PICKLE = "\u0080\u0002c__torch__\nDecoder\n)\u0081}b.";

  /** Pickle protocol 2 of an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  /** The operator set that libtorch 2.x writes. */
  private static final String FORMAT_VERSION = "10\n";

  private ScriptArchive() {}

  /** The archive of the decoder's script. */
  static byte[] decoder() {
    try (InputStream source = ScriptArchive.class.getResourceAsStream("decoder.py")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        store(zip, "data.pkl", MODULE_PICKLE.getBytes(StandardCharsets.ISO_8859_1));
        store(zip, "code/__torch__.py", source.readAllBytes());
        store(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
        store(zip, "version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("decoder.py could not be packed", e);
    }
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
