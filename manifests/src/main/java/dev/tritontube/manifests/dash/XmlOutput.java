package dev.tritontube.manifests.dash;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Indented XML. Escapes what needs it and drops the characters XML 1.0 cannot hold, so that names
/// typed by people never break a document.
final class XmlOutput {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;
  private int depth;

  XmlOutput() throws XMLStreamException {
    xml = FACTORY.createXMLStreamWriter(text);
    xml.writeStartDocument("UTF-8", "1.0");
  }

  /// Begins an element that holds others.
  XmlOutput open(String element) throws XMLStreamException {
    indent();
    xml.writeStartElement(element);
    depth++;
    return this;
  }

  XmlOutput close() throws XMLStreamException {
    depth--;
    indent();
    xml.writeEndElement();
    return this;
  }

  /// Begins an element that holds nothing.
  XmlOutput empty(String element) throws XMLStreamException {
    indent();
    xml.writeEmptyElement(element);
    return this;
  }

  /// A whole element that holds text.
  XmlOutput text(String element, String content) throws XMLStreamException {
    indent();
    xml.writeStartElement(element);
    xml.writeCharacters(legal(content));
    xml.writeEndElement();
    return this;
  }

  XmlOutput with(String attribute, Object value) throws XMLStreamException {
    xml.writeAttribute(attribute, legal(value.toString()));
    return this;
  }

  String finish() throws XMLStreamException {
    xml.writeEndDocument();
    xml.close();
    return text.append('\n').toString();
  }

  private void indent() throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  private static String legal(String text) {
    return text.codePoints()
        .filter(XmlOutput::legal)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean legal(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= 0x20 && character <= 0xd7ff)
        || (character >= 0xe000 && character <= 0xfffd)
        || character >= 0x10000;
  }
}
