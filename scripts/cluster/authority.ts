import { generateKeyPairSync, randomBytes } from 'node:crypto'
import forge from 'node-forge'

const VALID_FOR_MS = 7 * 24 * 3_600_000

export interface IssuedCertificate {
  certPem: string
  keyPem: string
}

/** A certificate authority of one test run. Its key lives in memory only. */
export interface CertificateAuthority {
  caPem: string
  /** A server certificate for the host names and IP addresses, valid for a week. */
  issue: (subject: { names: string[]; addresses: string[] }) => IssuedCertificate
}

/** Makes a certificate authority, for the API server of the cluster and for what stands behind its TLS forwards. */
export function createCertificateAuthority(name: string): CertificateAuthority {
  const key = createKey()
  const certificate = emptyCertificate(key.publicPem, name)
  certificate.setIssuer(certificate.subject.attributes)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  certificate.sign(key.private, forge.md.sha256.create())
  const issuer = certificate.subject.attributes
  return {
    caPem: forge.pki.certificateToPem(certificate),
    issue: ({ names, addresses }) => {
      const serverKey = createKey()
      const issued = emptyCertificate(serverKey.publicPem, names[0] ?? addresses[0] ?? name)
      issued.setIssuer(issuer)
      issued.setExtensions([
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
        {
          name: 'subjectAltName',
          altNames: [...names.map((value) => ({ type: 2, value })), ...addresses.map((ip) => ({ type: 7, ip }))],
        },
      ])
      issued.sign(key.private, forge.md.sha256.create())
      return { certPem: forge.pki.certificateToPem(issued), keyPem: serverKey.privatePem }
    },
  }
}

function emptyCertificate(publicPem: string, commonName: string): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicPem)
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`
  certificate.validity.notBefore = new Date(Date.now() - 60_000)
  certificate.validity.notAfter = new Date(Date.now() + VALID_FOR_MS)
  certificate.setSubject([{ name: 'commonName', value: commonName }])
  return certificate
}

/** OpenSSL makes the key: forge alone would take seconds in JavaScript. */
function createKey() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  return { publicPem: publicKey, privatePem: privateKey, private: forge.pki.privateKeyFromPem(privateKey) }
}
