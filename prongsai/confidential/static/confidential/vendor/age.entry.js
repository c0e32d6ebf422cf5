export { Encrypter, Decrypter, generateX25519Identity, identityToRecipient, armor } from "age-encryption";
