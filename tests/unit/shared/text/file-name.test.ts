import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanFileName, FILE_EXTENSIONS } from '#shared/text/file-name.ts';

const JPEG = FILE_EXTENSIONS['image/jpeg'];
const PDF = FILE_EXTENSIONS['application/pdf'];

test.each([
  ['Снимок экрана 2022-01-18.jpg', JPEG, 'Снимок экрана 2022-01-18.jpg'],
  ['IMG_0001.JPEG', JPEG, 'IMG_0001.jpeg'],
  ['Ответ.pdf', PDF, 'Ответ.pdf'],
  ['photo.png', JPEG, 'photo.png.jpg'],
  ['../../etc/passwd', PDF, 'passwd.pdf'],
  ['C:\\Windows\\system32\\con.pdf', PDF, '_con.pdf'],
  ['/', JPEG, 'file.jpg'],
  ['..', JPEG, 'file.jpg'],
  ['.htaccess', PDF, 'htaccess.pdf'],
  ['', PDF, 'file.pdf'],
  ['фото\u202Egpj.exe', JPEG, 'фотоgpj.exe.jpg'],
  ['\u2066а\u2069\u200B\uFEFF\u00ADб\u2800\u3164.jpg', JPEG, 'аб.jpg'],
  ['две\r\nстроки\t.jpg', JPEG, 'двестроки.jpg'],
  ['a\0.jpg', JPEG, 'a.jpg'],
  ['nul.jpg', JPEG, '_nul.jpg'],
  ['COM1', JPEG, '_COM1.jpg'],
  ['кон.jpg', JPEG, 'кон.jpg'],
  ['a<b>c:"d|e?f*.jpg', JPEG, 'a_b_c__d_e_f_.jpg'],
  ['скидка . . .jpg', JPEG, 'скидка.jpg'],
  [`${'я'.repeat(300)}.pdf`, PDF, `${'я'.repeat(100)}.pdf`],
  [`а${'\u0301'.repeat(50)}.jpg`, JPEG, 'а\u0301\u0301.jpg'],
  ['и\u0306од.jpg', JPEG, 'йод.jpg'],
  ['\uD800.jpg', JPEG, 'file.jpg'],
])('%j becomes harmless', (name, extensions, clean) => {
  expect(cleanFileName(name, extensions)).toBe(clean);
});

test('whatever the name, what comes out is one visible line, and stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const clean = cleanFileName(name, JPEG);
      expect(clean).toMatch(
        /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}/\\<>:"|?*]{1,100}\.(?:jpg|jpeg|jpe|jfif)$/u,
      );
      expect(cleanFileName(clean, JPEG)).toBe(clean);
    }),
  );
});
